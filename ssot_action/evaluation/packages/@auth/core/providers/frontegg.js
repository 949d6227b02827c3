// Model of @auth/core/providers/frontegg, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("frontegg", "Frontegg", "oidc");
