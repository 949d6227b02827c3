// Model of @auth/core/providers/salesforce, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("salesforce", "Salesforce", "oidc");
