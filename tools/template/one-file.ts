import { DIAGNOSIS, INDEX, MONITOR, SWEEP, SWEEP_RESOURCE } from '../bundle';

/** What code in a template answers to the events of a construct whose code it doesn't hold. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  [MONITOR]:
    '{handleMonitorEvent:async()=>console.log(JSON.stringify({level:"ERROR",event:"not a monitor",' +
    'message:"this function was deployed by the template, which has no ConnectionMonitor"}))}',
  [SWEEP]: without('sweep'),
  [SWEEP_RESOURCE]: without('sweepResource'),
};

/** The callers pass on the message, and each line of a stack. */
function without(name: string): string {
  const message = 'this function was deployed by a template that has no ConnectionSweep';
  return `{${name}:async()=>{throw Object.assign(new Error("${message}"),{stack:""})}}`;
}

/** The files that are loaded on demand and that a template holds, each by its name. */
export type OnDemand = Readonly<Record<string, string>>;

/**
 * The code for a template that holds it.
 *
 * @param code what is loaded when the function starts
 * @param onDemand what is not run before it is asked for; without it, its code is left out
 */
export function inOneFile(code: string, onDemand: OnDemand): string {
  const names = [DIAGNOSIS, MONITOR, SWEEP, SWEEP_RESOURCE];
  const loaders = names.flatMap((name, index) => {
    const text = onDemand[name];
    return text === undefined
      ? []
      : `function load${index}(own){const its={exports:{}};` +
          `((module,exports,require)=>{${text}\n})(its,its.exports,(name)=>name==="${INDEX}"?own:require(name));` +
          'return its.exports}';
  });
  const index = names.reduce(
    (text, name, number) =>
      text.replace(
        `require("${name}")`,
        name in onDemand ? `load${number}(module.exports)` : (LEFT_OUT[name] ?? `require("${name}")`),
      ),
    code.trimEnd(),
  );
  return `${index}\n${loaders.join('\n')}\n`;
}
