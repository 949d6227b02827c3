// Model of @auth/core/providers/line, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("line", "LINE", "oidc");
