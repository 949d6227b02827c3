// Model of @auth/core/providers/onelogin, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("onelogin", "OneLogin", "oidc");
