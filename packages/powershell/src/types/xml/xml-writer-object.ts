import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { declarationOf } from './xml-declaration.ts';
import { type XmlLayout, XmlOutput } from './xml-output.ts';
import type { XmlTarget } from './xml-targets.ts';

/**
 * How an `XmlWriter` writes.
 * @property declares whether a declaration is written before the first element without being asked for
 * @property conformance a document has one root
 * @property closesTarget whether closing it closes what it writes to
 */
export interface XmlWriting {
  readonly layout: XmlLayout;
  readonly declares: boolean;
  readonly conformance: 'document' | 'fragment' | 'auto';
  readonly closesTarget: boolean;
  readonly typeName: 'XmlWellFormedWriter' | 'XmlTextWriter';
}

/** `XmlWriter.Create(…)` and `XmlTextWriter`. */
export class XmlWriterObject extends Instance {
  readonly target: XmlTarget;
  /** The layout of an `XmlTextWriter` may change until something is written. */
  writing: XmlWriting;
  /** The attribute whose value is written piece by piece. */
  attribute: { prefix: string | undefined; localName: string; uri: string | undefined; value: string } | undefined;
  #output: XmlOutput | undefined;
  #hasDeclaration = false;
  #isClosed = false;

  constructor(target: XmlTarget, writing: XmlWriting) {
    super();
    this.target = target;
    this.writing = writing;
  }

  get type(): NetType {
    return namedType(`System.Xml.${this.writing.typeName}`);
  }

  get output(): XmlOutput {
    if (this.#isClosed) {
      throw netFailure('System.InvalidOperationException', 'The Writer is closed or in error state.');
    }
    this.#output ??= new XmlOutput(this.writing.layout, (text) => this.target.write(text));
    return this.#output;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Writes the declaration, as `WriteStartDocument` does. */
  startDocument(standalone: string): void {
    const { output } = this;
    if (this.#hasDeclaration) return;
    if (this.writing.declares || this.writing.typeName === 'XmlTextWriter') {
      output.declaration(declarationOf('1.0', this.target.encodingName ?? '', standalone));
    }
    this.#hasDeclaration = true;
  }

  /** Before anything but the declaration itself is written. Throws `NetFailure` (InvalidOperationException) for a second root. */
  started(token = ''): this {
    const { output } = this;
    this.endAttribute();
    const { state } = output;
    const isOutside = state !== 'element' && state !== 'content';
    if (isOutside && this.writing.conformance === 'document') {
      const isWrong =
        ['Text', 'EndElement', 'StartAttribute', 'CData'].includes(token) ||
        (token === 'StartElement' && state === 'epilog');
      if (isWrong) throw this.#wrongToken(token, state);
    }
    if (!this.#hasDeclaration && this.writing.declares && state === 'start') this.startDocument('');
    return this;
  }

  endAttribute(): void {
    const { attribute } = this;
    if (attribute === undefined) return;
    this.attribute = undefined;
    this.output.attribute(attribute.prefix ?? '', attribute.localName, attribute.uri, attribute.value);
  }

  flush(): void {
    if (this.#isClosed) return;
    this.endAttribute();
    this.#output?.closeTag();
    this.target.flush();
  }

  close(): void {
    if (this.#isClosed) return;
    this.endAttribute();
    this.#output?.end();
    this.target.flush();
    this.target.close();
    this.#isClosed = true;
  }

  #wrongToken(token: string, state: string): Error {
    const name =
      state === 'epilog' ? 'EndRootElement' : this.#hasDeclaration && state === 'prolog' ? 'Prolog' : 'Start';
    return netFailure(
      'System.InvalidOperationException',
      `Token ${token} in state ${name} would result in an invalid XML document. Make sure that the ConformanceLevel setting is set to ConformanceLevel.Fragment or ConformanceLevel.Auto if you want to write an XML fragment. `,
    );
  }
}
