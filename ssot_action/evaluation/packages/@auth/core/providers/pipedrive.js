// Model of @auth/core/providers/pipedrive, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("pipedrive", "Pipedrive", "oauth");
