// Model of @auth/core/providers/bankid-no, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("bankid-no", "BankID Norge", "oidc");
