// Model of @auth/core/providers/zitadel, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("zitadel", "ZITADEL", "oidc");
