// Model of @auth/core/providers/atlassian, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("atlassian", "Atlassian", "oauth");
