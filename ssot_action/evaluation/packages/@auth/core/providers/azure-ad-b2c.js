// Model of @auth/core/providers/azure-ad-b2c, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("azure-ad-b2c", "Azure AD B2C", "oidc");
