// Model of @auth/core/providers/boxyhq-saml, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("boxyhq-saml", "BoxyHQ SAML", "oauth");
