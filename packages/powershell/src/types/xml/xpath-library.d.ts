/*
 * The part of the package `xpath` that is used. Its own declarations are those of a browser's document, which this engine
 * has none of; package.json names these instead, under `#xpath`.
 */

/** What the library asks of a node; see `XPathView`. */
export interface ViewedNode {
  readonly nodeType: number;
  readonly order: number;
}

export interface NodeSet {
  nodes: ViewedNode[];
  size: number;
  known?: Set<ViewedNode>;
  add(node: ViewedNode): void;
  addArray(nodes: readonly ViewedNode[]): void;
  first(): ViewedNode | null;
  toArray(): ViewedNode[];
  stringForNode(node: ViewedNode): string;
}

export interface XPathNumber {
  numberValue(): number;
}
export interface XPathString {
  stringValue(): string;
}
export interface XPathBoolean {
  booleanValue(): boolean;
}

interface Step {
  readonly axis: number;
  readonly nodeTest: { matches(node: ViewedNode, context: object): boolean };
}

declare const library: {
  parse(expression: string): {
    evaluate(options: {
      node: ViewedNode;
      namespaces: (prefix: string) => string | undefined;
      isHtml: false;
    }): NodeSet | XPathNumber | XPathString | XPathBoolean;
  };
  readonly XNodeSet: (new () => NodeSet) & { prototype: NodeSet };
  readonly XNumber: new (value: number) => XPathNumber;
  readonly XString: new (value: string) => XPathString;
  readonly XBoolean: new (value: boolean) => XPathBoolean;
  readonly PathExpr: {
    applyStep(step: Step, context: object, node: ViewedNode): ViewedNode[];
    applySteps(steps: readonly Step[], context: object, nodes: readonly ViewedNode[]): ViewedNode[];
  };
};
export default library;
