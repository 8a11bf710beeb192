type Name = 'WebSocket' | 'XMLHttpRequest';

/** Makes an instance its own way, or by `make`. */
type Wrapper = (args: readonly unknown[], make: () => object) => object;

interface Wrapped {
  readonly Native: Function;
  readonly proxy: Function;
  readonly wrappers: Set<Wrapper>;
}

const wrapped = new Map<Name, Wrapped>();

/**
 * Lets `wrapper` have a say whenever the page makes an instance of a global class. Several share one proxy, so that the class is given
 * back when the last of them is done, whichever that is. Returns how to be done.
 */
export function wrapGlobal(name: Name, wrapper: Wrapper): () => void {
  const scope = globalThis as { [name in Name]?: Function };
  const Native = scope[name];
  if (typeof Native !== 'function') return () => undefined;
  const known = wrapped.get(name);
  // there is none yet, or somebody has put a class of their own in its place
  const mine = known?.proxy === Native ? known : cover(Native);
  const { proxy, wrappers } = mine;
  wrapped.set(name, mine);
  scope[name] = proxy;
  wrappers.add(wrapper);
  return () => {
    wrappers.delete(wrapper);
    // Somebody may have wrapped the proxy meanwhile: then it stays below theirs, and lets everything through.
    if (wrappers.size === 0 && scope[name] === proxy) scope[name] = mine.Native;
  };
}

function cover(Native: Function): Wrapped {
  const wrappers = new Set<Wrapper>();
  const proxy: Function = new Proxy(Native, {
    construct(_target, args: unknown[], newTarget: Function) {
      let make = () => Reflect.construct(Native, args, newTarget === proxy ? Native : newTarget) as object;
      for (const wrapper of wrappers) {
        const makeBelow = make;
        make = () => wrapper(args, makeBelow);
      }
      return make();
    },
  });
  return { Native, proxy, wrappers };
}
