// Model of @auth/core/providers/foursquare, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("foursquare", "Foursquare", "oauth");
