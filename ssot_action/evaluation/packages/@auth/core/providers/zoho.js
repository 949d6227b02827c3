// Model of @auth/core/providers/zoho, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("zoho", "Zoho", "oauth");
