/** Makes an element. Text goes in as text: nothing that came over a channel is ever read as HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

export function makeButton(
  label: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
): HTMLButtonElement {
  const button = make('button', { type: 'button', ...attributes }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** Written only when different: a screen reader would read a live region again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(url: string): string },
  ): { createHTML(text: string): unknown; createScriptURL(url: string): unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Pages may want everything that is parsed or loaded to pass a policy: ours lets through what this viewer has drawn, and elkjs. */
function trust(): NonNullable<typeof policy> {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const rules = { createHTML: (text: string) => text, createScriptURL: (url: string) => url };
  return (policy ??= trustedTypes?.createPolicy('connection-machine', rules) ?? rules);
}

/** A drawing of our own, in which every text of others is escaped, as an element. */
export function parseSvg(drawn: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(trust().createHTML(drawn) as string, 'image/svg+xml');
  return document.importNode(parsed.documentElement as unknown as SVGSVGElement, true);
}

/** Loads a classic script of this page's own origin. */
export function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = make('script');
    script.src = trust().createScriptURL(url) as string;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(script);
  });
}
