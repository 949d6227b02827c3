// Model of @auth/core/providers/ping-id, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("ping-id", "Ping Identity", "oidc");
