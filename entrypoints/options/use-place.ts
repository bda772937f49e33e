import { useEffect, useState } from 'react';
import type { Room } from '../../lib/edges/pages.ts';

/** Where on the options page one is: a room, and perhaps one thing in it. */
export interface Place {
  room: Room;
  thing: string | undefined;
}

const ROOMS: readonly Room[] = ['servers', 'history', 'security', 'preferences'];

/** The place that stands in the address, so that it can be linked and gone back to. */
export function usePlace(): Place {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const follow = () => setPlace(readPlace());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return place;
}

function readPlace(): Place {
  const [name, thing] = location.hash.slice(1).split('/');
  return { room: ROOMS.find((room) => room === name) ?? 'servers', thing };
}
