/** RFC 4511 4.1.11. What a control's value holds is written and read in the file named after the control. */
export interface Control {
  readonly oid: string;
  /** True: a server that does not know the control must refuse the operation (12). */
  readonly critical: boolean;
  readonly value?: Uint8Array;
}
