package cdk_glue_connection_test.wildcards

import rego.v1

# What a policy may not leave open. In Rego rather than in Guard, whose translation in this version of
# @aws/cloudformation-validate passes whatever stands in a list.

policies := {"AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"}

documents contains [name, document] if {
	some name, resource in input.resources
	resource.resourceType in policies
	document := resource.properties.PolicyDocument
}

documents contains [name, policy.PolicyDocument] if {
	some name, resource in input.resources
	some policy in resource.properties.Policies
}

allowed contains [name, statement] if {
	some [name, document] in documents
	some one in as_list(document.Statement)
	some branch in branches(one)
	some statement in branches(branch)
	is_object(statement)
	object.get(statement, "Effect", "Allow") != "Deny"
}

as_list(value) := value if is_array(value)

as_list(value) := [value] if is_object(value)

# Both values of an Fn::If.
branches(value) := [object.get(value, "__if_true", null), object.get(value, "__if_false", null)] if value.__conditional

branches(value) := [value] if not value.__conditional

# One text or several, whatever condition or function they stand in.
text(statement, key) := json.marshal(object.get(statement, key, []))

violation contains v if {
	some [name, statement] in allowed
	regex.match(`[*?]`, text(statement, "Action"))
	v := finding("WILDCARD-ACTION", name, statement, "Action must be named in full")
}

violation contains v if {
	some [name, statement] in allowed
	some negation in ["NotAction", "NotResource"]
	statement[negation]
	v := finding("WILDCARD-NEGATION", name, statement, sprintf("%v allows whatever it does not name", [negation]))
}

# Statements on any resource, by their Sid; the policy's Metadata.Wildcards has the reason for each.
on_any_resource := {"ConnectionInputs", "Network", "FunctionInVpc"}

violation contains v if {
	some [name, statement] in allowed
	not object.get(statement, "Sid", "") in on_any_resource
	regex.match(`"[*?]+"`, text(statement, "Resource"))
	v := finding("WILDCARD-RESOURCE", name, statement, "Resource must not be *")
}

# A text with something in it that is only known at deployment is written as Join:arn:…{dynamic}.
violation contains v if {
	some [name, statement] in allowed
	regex.match(`"(Join:)?arn:([^":]*:){0,3}[^":]*[*?][^":]*:`, text(statement, "Resource"))
	v := finding("WILDCARD-ARN", name, statement, "Resource must name partition, service, Region and account")
}

finding(rule, name, statement, message) := make_diag_at(
	rule, "ERROR", name, "Properties",
	sprintf("%v in statement %v", [message, object.get(statement, "Sid", "without a Sid")]),
)
