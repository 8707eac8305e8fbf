import { type CertificateInformation, type Clock, daysLeft, type Logger } from '@joinery/runtime';

/** Long enough for whoever issues certificates to answer a ticket. */
const warningDays = 30;
const day = 86_400_000;

/** Says once a day that a certificate ends soon, as long as connections with it are made. */
export class ExpiryWatch {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #said = new Map<string, number>();

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** @param whose e.g. `of the directory server` */
  see(certificate: CertificateInformation, whose: string, place: string): void {
    const days = daysLeft(certificate, this.#clock);
    const now = this.#clock.now();
    const saidAt = this.#said.get(certificate.fingerprint);
    if (days > warningDays || (saidAt !== undefined && now - saidAt < day)) return;
    this.#said.set(certificate.fingerprint, now);
    this.#logger.warn(
      { server: place, subject: certificate.subject, expires: new Date(certificate.notAfter).toISOString(), days },
      `the certificate ${whose} expires within ${warningDays} days; it has to be renewed`,
    );
  }
}
