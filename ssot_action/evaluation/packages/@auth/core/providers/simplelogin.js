// Model of @auth/core/providers/simplelogin, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("simplelogin", "SimpleLogin", "oidc");
