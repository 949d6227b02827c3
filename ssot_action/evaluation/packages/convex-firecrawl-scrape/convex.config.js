// Model of the component definition of convex-firecrawl-scrape, checked against 0.1.2.
import { defineComponent } from "convex/server";

export default defineComponent("firecrawlScrape");
