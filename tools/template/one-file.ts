import { DIAGNOSIS, INDEX, MONITOR, SWEEP, SWEEP_RESOURCE } from '../bundle';

/** What the code in a template answers to the events of a monitor, whose code it has not. */
const NO_MONITOR =
  '{handleMonitorEvent:async()=>console.log(JSON.stringify({level:"ERROR",event:"not a monitor",' +
  'message:"this function was deployed by the template, which has no ConnectionMonitor"}))}';

/** What it answers to the state machine of a sweep. */
const NO_SWEEP =
  '{sweep:async()=>{throw new Error("this function was deployed by the template, which has no ConnectionSweep")}}';

/** What it answers to the CDK's provider framework, which passes on the message and each line of a stack. */
const NO_SWEEP_RESOURCE =
  '{sweepResource:async()=>{throw Object.assign(new Error("this function was deployed by the template, which has no ' +
  'ConnectionSweep"),{stack:""})}}';

/** The code for a template that holds it: the diagnosis is not run before it is asked for, and the others are left out. */
export function inOneFile(code: string, diagnosis: string): string {
  const load =
    'function loadDiagnosis(own){const its={exports:{}};' +
    `((module,exports,require)=>{${diagnosis}\n})(its,its.exports,(name)=>name==="${INDEX}"?own:require(name));` +
    'return its.exports}';
  const index = code
    .trimEnd()
    .replace(`require("${DIAGNOSIS}")`, 'loadDiagnosis(module.exports)')
    .replace(`require("${MONITOR}")`, NO_MONITOR)
    .replace(`require("${SWEEP}")`, NO_SWEEP)
    .replace(`require("${SWEEP_RESOURCE}")`, NO_SWEEP_RESOURCE);
  return `${index}\n${load}\n`;
}
