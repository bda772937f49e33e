import type { Clock } from '../clock.ts';
import type { Chance } from './chance.ts';
import { type Config, cutLists, shrinksList } from './config.ts';
import { mergeIntoTree } from './config-file.ts';
import { type Loaded, loadConfig } from './load.ts';
import { ConnectionLost } from './messages.ts';
import { createReloads } from './reload.ts';
import { encodeYaml } from './schema/encode.ts';
import type { Struct, StructType } from './schema/types.ts';
import type { Switches } from './switches.ts';
import type { Features } from './versions.ts';
import { commentsAtMargin, parseTree, printTree, type Tree } from './yaml-text.ts';

/** The configuration in its three places: the file, what management sees, what is in service. */
export interface Store {
  /** What management shows and changes. */
  config: () => Config;
  /** What is in service: credentials, client keys, models. */
  served: () => Config;
  /** The text of config.yaml. */
  text: () => string;
  /**
   * Changes the configuration and writes it. Throws if the file cannot take it; the change is then in memory only.
   * Throws ConnectionLost if the process ends over it; the change is then in the file or not.
   */
  change: (update: (config: Config) => Config) => void;
  /** Writes `text` as it is. Throws InvalidYaml and changes nothing. */
  replace: (text: string) => void;
  /** Somebody else has written `text` into the file; it is read a moment later. Scenario oc-manual-edit. */
  edited: (text: string) => void;
  /** The process ends: nothing is read or served any more. The file stays. */
  stop: () => void;
}

export interface StoreOptions {
  text: string;
  type: StructType;
  features: Features;
  clock: Clock;
  switches: Switches;
  chance: Chance;
  onWritten: (text: string) => void;
  /** A configuration comes into service. */
  onServed: (config: Config) => void;
  /** The process ends over a change. */
  onCrash: () => void;
}

/** A store that starts with the file `text`. Throws InvalidYaml. */
export function createStore(options: StoreOptions): Store {
  const { type, features, clock, switches, chance, onWritten, onServed, onCrash } = options;
  let { config, text } = loadConfig(options.text, type, features);
  let served = config;
  /** The text that a reload has last seen. It is all that a reload compares with. */
  let seenText = text;
  /** The tree of `text`, if it is known. */
  let tree: Tree | undefined;

  const write = (newText: string, newTree?: Tree) => {
    text = newText;
    tree = newTree;
    onWritten(newText);
  };

  const read = () => {
    const loaded =
      text === '' || text === seenText ? undefined : tryToLoad(text, type, features, tree);
    if (!loaded) return undefined;
    if (loaded.text !== text) write(loaded.text);
    return {
      offerModels: () => {
        served = loaded.config;
      },
      serve: () => {
        serve(loaded.config);
        // Not what was loaded: a write that came in between counts as seen, and is lost with the next one.
        seenText = text;
      },
    };
  };

  const serve = (loaded: Config) => {
    config = loaded;
    served = loaded;
    onServed(served);
  };

  const serveTorn = () => {
    serve(cutLists(config, chance() < 0.5 ? 0 : chance()));
    seenText = '';
  };

  /** The list was walked while it got shorter (`index out of range`), before the file was written or after it. */
  const crash = (writeFile: () => void): never => {
    if (chance() < 0.5) writeFile();
    onCrash();
    throw new ConnectionLost('the process has ended');
  };

  const reloads = createReloads({ features, clock, switches, chance, read, serveTorn });
  onServed(served);
  if (text !== options.text) onWritten(text);

  return {
    config: () => config,
    served: () => served,
    text: () => text,
    change(update) {
      const before = config;
      config = update(config);
      const writeFile = () => {
        const merged = tree ?? parseTree(text);
        mergeIntoTree(merged, encodeYaml(type, config) as Struct, features);
        write(printTree(merged), merged);
      };
      const isFatal = switches.crashesOnShrink && reloads.isRunning();
      if (isFatal && shrinksList(before, config)) crash(writeFile);
      writeFile();
      reloads.afterWrite();
    },
    replace(newText) {
      const loaded = loadConfig(commentsAtMargin(newText), type, features);
      write(loaded.text);
      config = loaded.config;
      if (switches.reload === 'at once') reloads.afterWrite();
      else reloads.afterChange();
    },
    edited(newText) {
      text = newText;
      tree = undefined;
      reloads.afterChange();
    },
    stop: reloads.stop,
  };
}

/** What a reload reads, or undefined if the file is broken: then the server goes on with what it has. */
function tryToLoad(...file: Parameters<typeof loadConfig>): Loaded | undefined {
  try {
    return loadConfig(...file);
  } catch {
    return undefined;
  }
}
