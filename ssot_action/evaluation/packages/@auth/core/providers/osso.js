// Model of @auth/core/providers/osso, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("osso", "Osso", "oauth");
