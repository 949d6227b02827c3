// Models: zod's strings and their formats. Checked against: zod 4.6.7.
// Left out: checks.

import { addChecks, ZodType } from "./type.js";
import { notKept } from "./unparsed.js";

export class $ZodString extends ZodType {
  get format() {
    return notKept();
  }

  get minLength() {
    return notKept();
  }

  get maxLength() {
    return notKept();
  }
}
addChecks(
  $ZodString,
  "regex includes startsWith endsWith min max length nonempty lowercase uppercase",
);
addChecks($ZodString, "trim normalize toLowerCase toUpperCase slugify");

export class ZodString extends $ZodString {}
addChecks(ZodString, "email url jwt emoji guid uuid uuidv4 uuidv6 uuidv7 nanoid cuid cuid2 ulid");
addChecks(ZodString, "base64 base64url xid ksuid ipv4 ipv6 cidrv4 cidrv6 e164");
addChecks(ZodString, "datetime date time duration");

export const string = () => new ZodString({ type: "string" });

export class ZodStringFormat extends $ZodString {}
export class ZodEmail extends ZodStringFormat {}
export class ZodGUID extends ZodStringFormat {}
export class ZodUUID extends ZodStringFormat {}
export class ZodURL extends ZodStringFormat {}
export class ZodEmoji extends ZodStringFormat {}
export class ZodNanoID extends ZodStringFormat {}
export class ZodCUID extends ZodStringFormat {}
export class ZodCUID2 extends ZodStringFormat {}
export class ZodULID extends ZodStringFormat {}
export class ZodXID extends ZodStringFormat {}
export class ZodKSUID extends ZodStringFormat {}
export class ZodIPv4 extends ZodStringFormat {}
export class ZodMAC extends ZodStringFormat {}
export class ZodIPv6 extends ZodStringFormat {}
export class ZodCIDRv4 extends ZodStringFormat {}
export class ZodCIDRv6 extends ZodStringFormat {}
export class ZodBase64 extends ZodStringFormat {}
export class ZodBase64URL extends ZodStringFormat {}
export class ZodE164 extends ZodStringFormat {}
export class ZodCreditCard extends ZodStringFormat {}
export class ZodIBAN extends ZodStringFormat {}
export class ZodJWT extends ZodStringFormat {}
export class ZodCustomStringFormat extends ZodStringFormat {}
export class ZodISODateTime extends ZodStringFormat {}
export class ZodISODate extends ZodStringFormat {}
export class ZodISOTime extends ZodStringFormat {}
export class ZodISODuration extends ZodStringFormat {}

const format = (Format) => () => new Format({ type: "string" });

export const email = format(ZodEmail);
export const guid = format(ZodGUID);
export const uuid = format(ZodUUID);
export const uuidv4 = format(ZodUUID);
export const uuidv6 = format(ZodUUID);
export const uuidv7 = format(ZodUUID);
export const url = format(ZodURL);
export const httpUrl = format(ZodURL);
export const emoji = format(ZodEmoji);
export const nanoid = format(ZodNanoID);
export const cuid = format(ZodCUID);
export const cuid2 = format(ZodCUID2);
export const ulid = format(ZodULID);
export const xid = format(ZodXID);
export const ksuid = format(ZodKSUID);
export const ipv4 = format(ZodIPv4);
export const mac = format(ZodMAC);
export const ipv6 = format(ZodIPv6);
export const cidrv4 = format(ZodCIDRv4);
export const cidrv6 = format(ZodCIDRv6);
export const base64 = format(ZodBase64);
export const base64url = format(ZodBase64URL);
export const e164 = format(ZodE164);
export const creditCard = format(ZodCreditCard);
export const iban = format(ZodIBAN);
export const jwt = format(ZodJWT);
export const stringFormat = format(ZodCustomStringFormat);
export const hostname = format(ZodCustomStringFormat);
export const hex = format(ZodCustomStringFormat);
export const currencyCode = format(ZodCustomStringFormat);
export const hash = format(ZodCustomStringFormat);

export const iso = {
  ZodISODateTime,
  ZodISODate,
  ZodISOTime,
  ZodISODuration,
  datetime: format(ZodISODateTime),
  date: format(ZodISODate),
  time: format(ZodISOTime),
  duration: format(ZodISODuration),
};
