import { styleOf } from '../drawing/drawSvg.ts';
import { byVariables, dark, light, variablesOf } from '../drawing/themes.ts';

/** The page's own colours; the drawing's come with it. */
const paper = {
  light:
    '--ground:#ffffff;--sunken:#f6f8fa;--raised:#ffffff;--edge:#d1d9e0;--strong-edge:#8c959f;--ink:#1f2328;--soft:#59636e;--accent:#0969da;--on-accent:#ffffff;--taken:#0969da;--taken-ground:#ddf4ff;--idle:#59636e;--good:#116329;--busy:#0550ae;--doubtful:#7d4e00;--asking:#6639ba;--bad:#a40e26;--shadow:0 8px 24px rgb(31 35 40 / 0.15)',
  dark: '--ground:#0d1117;--sunken:#151b23;--raised:#1c232c;--edge:#3d444d;--strong-edge:#656c76;--ink:#e6edf3;--soft:#9da7b3;--accent:#79c0ff;--on-accent:#0d1117;--taken:#79c0ff;--taken-ground:#0c2d4e;--idle:#9da7b3;--good:#7ee787;--busy:#a5d6ff;--doubtful:#f2cc60;--asking:#d2a8ff;--bad:#ffb1a8;--shadow:0 8px 24px rgb(0 0 0 / 0.6)',
};

const lightTheme = `color-scheme:light;${paper.light};${variablesOf(light)}`;
const darkTheme = `color-scheme:dark;${paper.dark};${variablesOf(dark)}`;

const statuses = {
  good: ['connected'],
  busy: ['fetchingToken', 'connecting'],
  doubtful: ['recovering', 'waiting', 'offline'],
  asking: ['prompting'],
  bad: ['kicked', 'failed'],
};

const tones = Object.entries(statuses)
  .map(
    ([tone, names]) =>
      `${names.map((name) => `[data-status='${name}']`).join(',')}{--tone:var(--${tone});--tone-ground:var(--chart-${tone}-fill)}`,
  )
  .join('');

/** All of the viewer's style. It lives in a shadow root: nothing of it gets out, and nothing else gets in. */
export const viewerStyle = `
:host{display:block;height:100%;min-height:0}
.shell{${lightTheme}}
@media (prefers-color-scheme:dark){.shell[data-theme=auto]{${darkTheme}}}
.shell[data-theme=dark]{${darkTheme}}
*{box-sizing:border-box}
[hidden]{display:none!important}
.shell{container-type:inline-size;position:relative;display:flex;flex-direction:column;height:100%;min-height:0;background:var(--ground);color:var(--ink);font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace}
h2,h3,h4,p,ol,ul,dl,dd,pre{margin:0;padding:0}ol,ul{list-style:none}
code,pre,time{font-family:var(--mono);font-size:.929em}
.soft{color:var(--soft)}.goal{color:var(--accent)}.guard{color:var(--soft)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
button,input,select{font:inherit;color:inherit}
button{min-height:32px;padding:0 12px;border:1px solid var(--edge);border-radius:8px;background:var(--raised);cursor:pointer;white-space:nowrap}
button:hover:enabled{border-color:var(--strong-edge)}button:disabled{opacity:.5;cursor:default}
button[aria-pressed=true]{background:var(--taken-ground);border-color:var(--accent)}
input:not([type=checkbox],[type=range]),select{min-height:32px;padding:0 10px;border:1px solid var(--edge);border-radius:8px;background:var(--ground);min-width:0}
input[type=range],input[type=checkbox]{accent-color:var(--accent)}
[data-status]{--tone:var(--idle);--tone-ground:var(--sunken)}${tones}

.top{display:flex;align-items:center;gap:12px;padding:8px 12px;border-bottom:1px solid var(--edge);background:var(--sunken)}
.connections{display:flex;gap:6px;flex:1;min-width:0;overflow-x:auto;padding:2px}
.tab-wrap{display:flex;align-items:center;flex:none}
.tab{display:flex;align-items:center;gap:8px;max-width:280px;border-color:transparent;background:none}
.tab[aria-selected=true]{background:var(--ground);border-color:var(--edge);font-weight:600}
.tab-name{overflow:hidden;text-overflow:ellipsis}.is-over .tab-name{color:var(--soft)}
.dismiss{min-height:28px;padding:0 6px;border:0;background:none;color:var(--soft)}
.chip{padding:0 8px;border-radius:99px;background:var(--tone-ground);color:var(--tone);font:600 12px/20px var(--mono)}
.is-over .chip{--tone:var(--soft);--tone-ground:var(--sunken)}
.unseen{padding:0 6px;border-radius:99px;background:var(--accent);color:var(--on-accent);font:600 11px/16px var(--mono)}
.tools{display:flex;gap:8px;flex:none}.tools input[type=search]{width:190px}
.notice{display:flex;align-items:center;gap:12px;padding:8px 12px;background:var(--chart-bad-fill);color:var(--bad)}
.notice span{flex:1;overflow-wrap:anywhere}.notice button{border:0;background:none;font-size:18px}

.empty{display:none;flex:1;flex-direction:column;align-items:center;justify-content:center;gap:12px;padding:24px 16px;text-align:center}
.has-nothing .empty{display:flex}.has-nothing .body,.has-nothing .connections{display:none}.has-nothing .top{justify-content:flex-end}
.empty h2{font-size:20px;letter-spacing:-.01em}
.code{display:flex;align-items:flex-start;gap:8px;max-width:100%;padding:12px;border:1px solid var(--edge);border-radius:10px;background:var(--sunken);text-align:left}
.code pre{overflow-x:auto;line-height:1.7;padding:2px 4px}
.is-dropping::after{content:'Drop the report';position:absolute;inset:8px;display:grid;place-items:center;border:2px dashed var(--accent);border-radius:12px;background:color-mix(in srgb,var(--ground) 85%,transparent);font-size:20px;pointer-events:none}

.body{flex:1;min-height:0;display:grid;grid-template:minmax(0,1fr) auto / minmax(0,1fr) minmax(360px,420px)}
.side{grid-area:1/2/3/3;display:flex;flex-direction:column;min-height:0;min-width:0;border-left:1px solid var(--edge);background:var(--sunken)}

.chart-pane{position:relative;flex:1;min-height:0;display:flex;flex-direction:column}
.canvas{flex:1;min-height:0;overflow:auto;background:var(--chart-page);cursor:grab;overscroll-behavior:contain}
.canvas:active{cursor:grabbing}
.canvas .chart{display:block;margin:0 auto;height:auto;user-select:none}
.chart-tools{position:absolute;right:20px;bottom:20px;display:flex;gap:4px;padding:4px;border:1px solid var(--edge);border-radius:10px;background:var(--raised);box-shadow:var(--shadow)}
.chart-tools button{min-height:30px;min-width:32px;padding:0 9px;border-color:transparent;background:none}
.chart-tools button[aria-pressed=true]{background:var(--taken-ground);border-color:transparent}
.chart-note{position:absolute;left:16px;bottom:16px;margin:0;padding:6px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--raised);color:var(--soft)}
.state-card{position:absolute;left:16px;bottom:16px;width:min(380px,calc(100% - 32px));max-height:70%;overflow:auto;padding:14px 16px;border:1px solid var(--edge);border-radius:12px;background:var(--raised);box-shadow:var(--shadow)}
.state-card h3{font:600 15px/1.5 var(--mono);padding-right:32px;overflow-wrap:anywhere}.state-card>p{margin-top:4px}
.card-close{position:absolute;right:8px;top:8px;border:0;background:none;font-size:18px}
.ways{display:grid;gap:8px;margin-top:10px}.ways li{overflow-wrap:anywhere}.ways p{font-size:13px}

${styleOf(byVariables, '.chart')}
.chart .page{fill:var(--chart-page)}
.chart g[data-id]{cursor:pointer}
.chart .arrow{opacity:.6}.chart .label,.chart .row,.chart .row .goal{fill:var(--soft)}
.chart .crossroad>rect,.chart .state>rect,.chart .outer>rect{transition:stroke-width .2s}
.chart .is-around>rect{stroke-width:2.2}
.chart .is-here>rect{stroke-width:3.5;filter:drop-shadow(0 0 6px color-mix(in srgb,var(--taken) 60%,transparent));stroke:var(--taken)}
.chart .is-passed>rect,.chart .is-noted>rect{stroke:var(--taken);stroke-width:2}
.chart .arrow.is-taken{opacity:1;stroke:var(--taken);stroke-width:2.6}
.chart .label.is-taken,.chart .row.is-taken,.chart .row.is-taken .goal{opacity:1;fill:var(--taken);font-weight:700}
.chart .tip{fill:context-stroke}
@media (prefers-reduced-motion:no-preference){.chart .arrow.is-taken{animation:taken .7s ease-out}@keyframes taken{from{stroke-width:8;stroke-opacity:.35}}}
.boxes{display:flex;flex-wrap:wrap;gap:12px;padding:16px}
.box{padding:10px 14px;border:1.5px solid var(--strong-edge);border-radius:10px;background:var(--raised)}
.box-name{font:600 14px/1.4 var(--mono)}.box.is-around{border-color:var(--taken)}.box.is-here{border-color:var(--taken);background:var(--taken-ground);box-shadow:0 0 0 1px var(--taken)}.box.is-noted{border-style:dashed}

.stepper{display:flex;align-items:center;gap:8px;padding:8px 12px;border-top:1px solid var(--edge);background:var(--sunken)}
.stepper input{flex:1;min-width:60px}.where-in-time{font:12px/1 var(--mono);white-space:nowrap}
.stepper button{min-width:36px;padding:0 8px}.live[aria-pressed=true]::before{content:'';display:inline-block;width:8px;height:8px;margin-right:6px;border-radius:50%;background:var(--good)}

.now{padding:12px 16px;border-bottom:1px solid var(--edge);max-height:48%;overflow:auto;flex:none}
.now-head{display:flex;align-items:baseline;justify-content:space-between;gap:12px}
.status{display:flex;align-items:center;gap:8px;color:var(--tone);font:650 19px/1.4 var(--mono);letter-spacing:-.02em;overflow-wrap:anywhere}
.status::before{content:'';flex:none;width:10px;height:10px;border-radius:50%;background:currentcolor}
.when{font:12px/1 var(--mono);white-space:nowrap}
.failure{margin-top:8px;padding:6px 10px;border-radius:8px;background:var(--chart-bad-fill);color:var(--bad);overflow-wrap:anywhere}
.failure strong{font:600 13px/1.4 var(--mono)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(112px,1fr));gap:6px 12px;margin-top:10px}
.facts dt,.changes dt{color:var(--soft);font-size:12px}.facts dd{font:13px/1.4 var(--mono);overflow-wrap:anywhere}
.timers{display:grid;gap:8px;margin-top:12px}.timers:empty{display:none}
.timers li{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:0 8px;align-items:baseline}
.purpose{font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.left{font:600 13px/1.4 var(--mono);font-variant-numeric:tabular-nums}
progress{grid-column:1/-1;display:block;width:100%;height:4px;margin-top:3px;appearance:none;border:0;border-radius:9px;background:var(--edge);overflow:hidden}
progress::-webkit-progress-bar{background:var(--edge)}progress::-webkit-progress-value{background:var(--accent)}progress::-moz-progress-bar{background:var(--accent)}

.pane-tabs{display:flex;gap:2px;padding:6px 10px 0;border-bottom:1px solid var(--edge);flex:none;overflow-x:auto}
.pane-tabs button{border:0;border-bottom:2px solid transparent;border-radius:0;background:none;color:var(--soft);padding:0 10px;min-height:36px}
.pane-tabs [aria-selected=true]{color:var(--ink);border-bottom-color:var(--accent);font-weight:600}
.pane-tabs [data-tab=chart]{display:none}
.timeline-pane,.next-pane,.policy-pane{flex:1;min-height:0;overflow:auto;display:none;background:var(--ground)}
.shell[data-pane=timeline] .timeline-pane,.shell[data-pane=chart] .timeline-pane{display:flex;flex-direction:column}
.shell[data-pane=next] .next-pane,.shell[data-pane=policy] .policy-pane{display:block}
.empty-list{padding:16px}
.timeline{flex:1;min-height:0;overflow:auto;overscroll-behavior:contain}.timeline:empty{flex:0}
.timeline li{border-bottom:1px solid var(--edge);border-left:3px solid var(--tone)}
.timeline .line{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline;padding:7px 12px;cursor:pointer}
.timeline .line:hover{background:var(--sunken)}
.timeline time{color:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}
.what code{font-weight:600}.what,.where,.why{overflow-wrap:anywhere;min-width:0}.where{color:var(--tone);font:600 13px/1.4 var(--mono)}
.why{flex-basis:100%;font-size:13px}
.is-quiet{border-left-color:transparent!important}.is-quiet .what code{font-weight:400}
.badge{padding:0 7px;border-radius:99px;border:1px solid var(--edge);font:12px/18px var(--mono)}
.lost{padding:6px 12px;background:var(--chart-doubtful-fill);color:var(--doubtful)}
.is-open{background:var(--taken-ground)}.is-open .line:hover{background:none}
.details{padding:2px 12px 12px 14px;display:grid;gap:8px}
.details h4{font-size:12px;font-weight:600;color:var(--soft)}
.path{display:grid;gap:6px}.path li{display:grid;gap:1px;border:0;border-left:2px solid var(--taken);padding-left:10px;overflow-wrap:anywhere}
.path .soft{font:12px/1.5 var(--mono)}.reason{font-size:13px}
.changes{display:grid;gap:2px}.changes div{display:grid;grid-template-columns:minmax(90px,auto) minmax(0,1fr);gap:10px}.changes dd{font:12px/1.6 var(--mono);overflow-wrap:anywhere}
.next-pane{padding:12px 16px}.hint{padding:8px 10px;border-radius:8px;background:var(--sunken);margin-bottom:12px}
.group{margin-bottom:18px}.group h3{font-size:12px;font-weight:600;color:var(--soft);margin-bottom:6px}
.possibility{padding:9px 12px;border:1px solid var(--edge);border-radius:10px;margin-bottom:8px;background:var(--raised)}
.possibility-head{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;justify-content:space-between}.event{font-weight:600;overflow-wrap:anywhere}
.possibility .ways{margin-top:6px;gap:5px;font-size:13px}
.sender{display:flex;flex-wrap:wrap;gap:6px 8px;align-items:center}.sender label{display:flex;align-items:center;gap:5px;font-size:12px;color:var(--soft)}
.sender input:not([type=checkbox]),.sender select{width:96px;min-height:30px;padding:0 6px}.send{min-height:30px;background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
.policy-pane table{width:100%;border-collapse:collapse}.policy-pane th,.policy-pane td{padding:7px 12px;border-bottom:1px solid var(--edge);text-align:left;font-weight:400;overflow-wrap:anywhere}
.policy-pane td{font:13px/1.4 var(--mono)}.is-unusual td:nth-child(2){color:var(--accent);font-weight:700}

@container (width < 820px){
.body{display:flex;flex-direction:column}
.chart-pane{display:none}.side{border-left:0;flex:1}
.shell[data-pane=chart] .chart-pane{display:flex;order:2}.shell[data-pane=chart] .side{flex:none;border-bottom:0}.shell[data-pane=chart] .facts{display:none}.shell[data-pane=chart] .now{max-height:none}
.stepper{order:3;padding:6px 8px;flex-wrap:nowrap}.where-in-time{font-size:11px}
.shell[data-pane=chart] .timeline-pane{display:none}
.pane-tabs [data-tab=chart]{display:block}
.pane-tabs button{min-height:44px;flex:1}
.top{flex-wrap:wrap;gap:8px}.connections{flex-basis:100%}.tools{flex:1}.tools input[type=search]{flex:1;width:auto}
.now{max-height:40%;padding:10px 12px}.facts{grid-template-columns:repeat(3,minmax(0,1fr))}
button,input:not([type=checkbox],[type=range]),select{min-height:40px}.chart-tools button,.send,.sender input:not([type=checkbox]),.sender select{min-height:40px}
.code{flex-direction:column}.code pre{white-space:pre-wrap;overflow-wrap:anywhere}
.chart-tools{right:8px;bottom:8px}
}
`;
