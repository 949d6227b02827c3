// Model of convex-firecrawl-scrape, checked against 0.1.2.
// Computes: the functions of exposeApi.
// Left out: scraping; the API key is not read.
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";

const literals = (...values) => v.union(...values.map((value) => v.literal(value)));
const text = () => v.optional(v.string());
const number = () => v.optional(v.number());
const flag = () => v.optional(v.boolean());
const texts = () => v.optional(v.array(v.string()));
const fileUrl = () => v.optional(v.union(v.string(), v.null()));

const status = literals("pending", "scraping", "completed", "failed");
const formats = v.optional(
  v.array(literals("markdown", "html", "rawHtml", "links", "images", "summary", "screenshot")),
);
const metadata = v.optional(
  v.object({
    title: text(),
    description: text(),
    language: text(),
    sourceURL: text(),
    statusCode: number(),
    ogImage: text(),
    ogTitle: text(),
    ogDescription: text(),
    ogSiteName: text(),
    contentType: text(),
    cacheControl: text(),
  }),
);
const scrapeOptions = v.optional(
  v.object({
    formats,
    extractionSchema: v.optional(v.any()),
    ttlMs: number(),
    force: flag(),
    onlyMainContent: flag(),
    includeTags: texts(),
    excludeTags: texts(),
    waitFor: number(),
    mobile: flag(),
    proxy: v.optional(literals("basic", "stealth", "auto")),
    storeScreenshot: flag(),
  }),
);
const progress = {
  error: text(),
  errorCode: number(),
  startedAt: v.number(),
  scrapingAt: number(),
  scrapedAt: number(),
  expiresAt: v.number(),
};

const notModelled = (name) => () => unknown(`${name} of convex-firecrawl-scrape is not modelled`);
export const normalizeUrl = notModelled("normalizeUrl");
export const validateUrl = notModelled("validateUrl");

export class FirecrawlScrape {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  get api() {
    return this.component;
  }
  async scrape(ctx, url, options) {
    return await ctx.runMutation(this.component.lib.startScrape, { url, options });
  }
  async getCached(ctx, url, wanted) {
    return await ctx.runQuery(this.component.lib.getCached, { url, formats: wanted });
  }
  async getStatus(ctx, id) {
    return await ctx.runQuery(this.component.lib.getStatus, { id });
  }
  async getContent(ctx, id) {
    return await ctx.runQuery(this.component.lib.getContent, { id });
  }
  async invalidate(ctx, url) {
    return await ctx.runMutation(this.component.lib.invalidate, { url });
  }
}

export function exposeApi(_component, { auth }) {
  return {
    scrape: mutationGeneric({
      args: { url: v.string(), options: scrapeOptions },
      returns: v.object({ jobId: v.string() }),
      handler: auth,
    }),
    getCached: queryGeneric({
      args: { url: v.string(), formats },
      returns: v.union(
        v.null(),
        v.object({
          _id: v.string(),
          _creationTime: v.number(),
          url: v.string(),
          normalizedUrl: v.string(),
          urlHash: v.string(),
          status,
          formats: v.array(v.string()),
          markdown: text(),
          markdownFileId: text(),
          html: text(),
          htmlFileId: text(),
          rawHtml: text(),
          rawHtmlFileId: text(),
          summary: text(),
          links: texts(),
          images: texts(),
          screenshotUrl: text(),
          screenshotFileId: text(),
          extractedJson: v.optional(v.any()),
          extractionSchema: v.optional(v.any()),
          metadata,
          ...progress,
        }),
      ),
      handler: auth,
    }),
    getStatus: queryGeneric({
      args: { id: v.string() },
      returns: v.union(v.null(), v.object({ status, ...progress })),
      handler: auth,
    }),
    getContent: queryGeneric({
      args: { id: v.string() },
      returns: v.union(
        v.null(),
        v.object({
          url: v.string(),
          normalizedUrl: v.string(),
          status,
          formats: v.array(v.string()),
          markdown: text(),
          html: text(),
          rawHtml: text(),
          summary: text(),
          links: texts(),
          images: texts(),
          screenshotUrl: text(),
          extractedJson: v.optional(v.any()),
          markdownFileUrl: fileUrl(),
          htmlFileUrl: fileUrl(),
          rawHtmlFileUrl: fileUrl(),
          screenshotFileUrl: fileUrl(),
          metadata,
          ...progress,
        }),
      ),
      handler: auth,
    }),
    invalidate: mutationGeneric({
      args: { url: v.string() },
      returns: v.object({ success: v.boolean(), invalidatedCount: v.number() }),
      handler: auth,
    }),
    delete: mutationGeneric({
      args: { id: v.string() },
      returns: v.object({ success: v.boolean(), deletedFileCount: v.number() }),
      handler: auth,
    }),
  };
}
