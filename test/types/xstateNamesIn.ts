import ts from 'typescript';

/**
 * Every XState type that the public types of an entry point name, as `Type.member: Name`. Follows each named type into the
 * project's own files, but not into what belongs to XState already.
 */
export function xstateNamesIn(entry: string): string[] {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);

  const found = new Set<string>();
  const seen = new Set<ts.Node>();
  const resolve = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const isXState = (declaration: ts.Node) => declaration.getSourceFile().fileName.includes('/node_modules/xstate/');

  const visitDeclaration = (declaration: ts.Node, path: string) => {
    if (seen.has(declaration) || declaration.getSourceFile().fileName.includes('/node_modules/')) return;
    seen.add(declaration);
    visit(declaration, path);
  };
  const visit = (node: ts.Node, path: string): void => {
    // what a function does inside is nobody's business, nor is what a class keeps to itself
    if (ts.isBlock(node) || (ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name))) return;
    const named = ts.isTypeReferenceNode(node) ? node.typeName : ts.isExpressionWithTypeArguments(node) ? node.expression : undefined;
    const symbol = named && checker.getSymbolAtLocation(named);
    const declarations = symbol ? (resolve(symbol).declarations ?? []) : [];
    if (declarations.some(isXState)) {
      found.add(`${path}: ${named?.getText()}`);
      return;
    }
    for (const declaration of declarations) visitDeclaration(declaration, resolve(symbol as ts.Symbol).name);
    const inner = (ts.isPropertySignature(node) || ts.isMethodSignature(node)) && ts.isInterfaceDeclaration(node.parent);
    ts.forEachChild(node, (child) => visit(child, inner ? `${path.split('.')[0]}.${node.name.getText()}` : path));
  };

  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = resolve(exported);
    for (const declaration of symbol.declarations ?? []) visitDeclaration(declaration, symbol.name);
  }
  return [...found].sort();
}
