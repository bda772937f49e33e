import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type StandIn, type StandInOptions, startStandIn } from '../stand-ins/cliproxyapi/http.ts';

type ThreadOptions = Pick<StandInOptions, 'version' | 'config' | 'switches'>;

/** A stand-in in a thread of its own, as a server is a process of its own: its work is none of ours. */
export interface ServerThread {
  url: string;
  close(): Promise<unknown>;
}

/** Starts a stand-in on loopback. */
export async function startServerThread(options: ThreadOptions): Promise<ServerThread> {
  const thread = new Worker(new URL(import.meta.url), { workerData: options });
  const url = await new Promise<string>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
  return { url, close: () => thread.terminate() };
}

if (parentPort) {
  const standIn: StandIn = await startStandIn(workerData as ThreadOptions);
  parentPort.postMessage(standIn.url);
}
