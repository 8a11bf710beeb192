import { appServerModes, imServerModes, type FaultCommand, type FaultState } from '../shared/faults.ts';
import { people, type Person } from '../shared/people.ts';
import type { AdminApi } from './adminApi.ts';
import { byId, make, makeButton, textOf } from './dom.ts';

/** What an App Server would answer says more than what it is called. */
const labels: Readonly<Record<string, string>> = { unauthorized: '401', forbidden: '403', tooMany: '429', broken: '500' };
const refreshMs = 2_000;

/** The switches. What they show is what the server answered, and asked again while the page is looked at: so two tabs agree. */
export function showFaults(admin: AdminApi): void {
  const code = byId('error-code', HTMLInputElement);
  const radios = new Map<string, HTMLInputElement>();
  const blocks = new Map<Person, HTMLButtonElement>();

  let asked = 0;

  const settle = async (answer: Promise<FaultState>) => {
    asked += 1;
    const mine = asked;
    try {
      const state = await answer;
      textOf('faults-problem', '');
      // An older answer must not undo a newer click.
      if (mine === asked) draw(state);
    } catch (error) {
      textOf('faults-problem', error instanceof Error ? error.message : 'The admin panel cannot be reached.');
    }
  };
  const apply = (command: FaultCommand) => settle(admin.apply(command));

  for (const mode of appServerModes) addRadio('app-server', mode, () => apply({ do: 'appServer', mode }));
  for (const mode of imServerModes) addRadio('im-server', mode, () => apply({ do: 'imServer', mode }));
  code.onchange = () => {
    if (code.reportValidity()) void apply({ do: 'imServer', mode: 'error', errorCode: code.valueAsNumber });
  };

  const shortTokens = makeButton('Tokens live 20 s', () => {
    void apply({ do: 'tokenLife', seconds: isPressed(shortTokens) ? 3_600 : 20 });
  });
  const deeds = byId('deeds', HTMLFieldSetElement);
  deeds.append(
    // Both at once: the old token is only refused when it is shown again.
    makeButton('Refresh the Secret', () => void apply({ do: 'refreshSecret' }).then(() => apply({ do: 'dropLinks' }))),
    makeButton('Drop every link', () => void apply({ do: 'dropLinks' })),
    makeButton('Restart the IM server', () => void apply({ do: 'restartImServer' })),
    ...people.map((user) => {
      const button = makeButton(`Block ${user}`, () => void apply({ do: 'block', user, blocked: !isPressed(button) }));
      blocks.set(user, button);
      return button;
    }),
    shortTokens,
    makeButton('All faults off', () => void apply({ do: 'reset' })),
  );

  function addRadio(group: 'app-server' | 'im-server', mode: string, onPick: () => Promise<void>): void {
    const radio = make('input', { type: 'radio', name: group, value: mode });
    radio.addEventListener('change', () => void onPick());
    radios.set(`${group} ${mode}`, radio);
    byId(group, HTMLFieldSetElement).append(make('label', { className: 'pick' }, radio, make('span', {}, labels[mode] ?? mode)));
  }

  function draw({ appServer, imServer, errorCode, blocked, tokenLifeSeconds }: FaultState): void {
    for (const chosen of [`app-server ${appServer}`, `im-server ${imServer}`]) {
      const radio = radios.get(chosen);
      if (radio) radio.checked = true;
    }
    byId('error-code-row', HTMLElement).hidden = imServer !== 'error';
    if (document.activeElement !== code) code.value = String(errorCode);
    for (const [user, button] of blocks) press(button, blocked.includes(user));
    press(shortTokens, tokenLifeSeconds < 3_600);
  }

  const refresh = () => {
    if (document.visibilityState === 'visible') void settle(admin.faults());
  };
  setInterval(refresh, refreshMs);
  document.addEventListener('visibilitychange', refresh);
  refresh();
}

function press(button: HTMLButtonElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed));
}

function isPressed(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-pressed') === 'true';
}
