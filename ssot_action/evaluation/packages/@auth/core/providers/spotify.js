// Model of @auth/core/providers/spotify, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("spotify", "Spotify", "oauth");
