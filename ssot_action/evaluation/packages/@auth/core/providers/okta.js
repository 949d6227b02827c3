// Model of @auth/core/providers/okta, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("okta", "Okta", "oidc");
