export { CISCO_UMBRELLA } from "./cisco-umbrella";
export { CLOUDFLARE_LOGPUSH } from "./cloudflare-logpush";
export { CORALOGIX_ARCHIVE } from "./coralogix-archive";
export { MPARTICLE_AMAZON_S3 } from "./mparticle-amazon-s3";
