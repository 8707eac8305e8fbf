/**
 * How requests about a resource type are read.
 * `entra` takes, beside RFC 7643 and 7644, what Microsoft's clients send (dialect sheet 1 and 2), and is the default.
 * `strict` takes what the RFCs define and refuses the rest with their error words, so that a client's author sees each slip.
 * No request means one thing in one profile and another thing in the other: it means the same, or `strict` refuses it.
 */
export type ScimProfile = 'entra' | 'strict';
