"""Checks calls and answers, as JSON on standard input, against the service models of botocore.

Prints what it found as JSON: for each exchange its operation and what is wrong with it, and which members of the
operations' inputs were never sent.
"""

import json
import re
import sys
import urllib.parse

import botocore.parsers
import botocore.session
import botocore.validate

SERVICES = {"AWSGlue": "glue", "AWSStepFunctions": "stepfunctions", "secretsmanager": "secretsmanager"}
REST = ["scheduler"]
VERSIONS = {"2010-05-15": "cloudformation", "2011-06-15": "sts", "2016-11-15": "ec2"}
# Any operation of any service may answer with these.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
COMMON_ERRORS = {"AccessDenied", "AccessDeniedException", "Throttling", "ThrottlingException", "ValidationError"}

session = botocore.session.Session()


def operation_of(request):
    """The model of what was called, and its input."""
    if request.get("target"):
        prefix, name = request["target"].split(".")
        return model(SERVICES[prefix], name), json.loads(request["body"])
    rest = rest_operation_of(request)
    if rest:
        return rest
    fields = dict(urllib.parse.parse_qsl(request["body"], keep_blank_values=True, strict_parsing=True))
    operation = model(VERSIONS[fields.pop("Version")], fields.pop("Action"))
    if operation.service_model.resolved_protocol == "ec2":
        return operation, ec2_value(tree_of(fields), operation.input_shape)
    members = operation.input_shape.members
    for name, value in fields.items():
        if name in members and members[name].type_name == "integer":
            fields[name] = int(value)
    return operation, fields


def rest_operation_of(request):
    """The operation whose method and path a request has, and what is in its path, its query and its body."""
    path, _, query = request["path"].partition("?")
    for service in map(session.get_service_model, REST):
        for operation in map(service.operation_model, service.operation_names):
            uri, _, _ = operation.http["requestUri"].partition("?")
            in_path = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", uri), path)
            if in_path and operation.http["method"] == request["method"]:
                body = json.loads(request["body"]) if request["body"] else {}
                in_query = dict(urllib.parse.parse_qsl(query, strict_parsing=bool(query)))
                return operation, {**in_path.groupdict(), **rest_query(in_query, operation.input_shape), **body}
    return None


def rest_query(fields, shape):
    """The query under the names of the model. What the model doesn't know keeps the name that it was sent with."""
    members = {
        member.serialization.get("name", name): (name, member)
        for name, member in shape.members.items()
        if member.serialization.get("location") == "querystring"
    }
    query = {}
    for sent_name, value in fields.items():
        name, member = members.get(sent_name, (sent_name, None))
        query[name] = int(value) if member is not None and member.type_name == "integer" else value
    return query


def tree_of(fields):
    """Nested names, such as `Filter.1.Value.1`, as nested dictionaries."""
    tree = {}
    for path, value in fields.items():
        *parents, name = path.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[name] = value
    return tree


def ec2_value(tree, shape):
    """An input of EC2 with the names of its model. What the model doesn't know keeps the name that it was sent with."""
    if shape.type_name == "list":
        return [ec2_value(tree[index], shape.member) for index in sorted(tree, key=int)]
    if shape.type_name != "structure":
        return tree
    names = {ec2_name(name, member): (name, member) for name, member in shape.members.items()}
    value = {}
    for sent_name, node in tree.items():
        name, member = names.get(sent_name, (sent_name, None))
        value[name] = node if member is None else ec2_value(node, member)
    return value


def ec2_name(name, member):
    """https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution"""
    wire = member.serialization.get("queryName") or member.serialization.get("name", name)
    return wire[0].upper() + wire[1:]


def model(service, operation):
    return session.get_service_model(service).operation_model(operation)


def limits(value, shape, path=""):
    """What botocore leaves to the service: values of enumerations, lengths at most, and members of answers."""
    if shape.type_name == "structure":
        for name, member in value.items():
            if name not in shape.members:
                yield f"{path}.{name} is unknown"
            else:
                yield from limits(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "map":
        for key, member in value.items():
            yield from limits(key, shape.key, f"{path} (key {key})")
            yield from limits(member, shape.value, f"{path}.{key}")
    elif shape.type_name == "list":
        for member in value:
            yield from limits(member, shape.member, f"{path}[]")
    elif shape.type_name == "string":
        if shape.enum and value not in shape.enum:
            yield f"{path} is {value}, which is not in the enumeration"
        if len(value) > shape.metadata.get("max", len(value)):
            yield f"{path} is too long"


def sent(value, shape, path):
    """The members that a value has."""
    yield path
    if shape.type_name == "structure":
        for name, member in value.items():
            if name in shape.members:
                yield from sent(member, shape.members[name], f"{path}.{name}")


def sendable(shape, path):
    yield path
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from sendable(member, f"{path}.{name}")


def problems_of_request(operation, request, params):
    is_rest = operation.service_model.service_name in REST
    if not is_rest and (request["method"], request["path"]) != (operation.http["method"], operation.http["requestUri"]):
        yield f"{request['method']} {request['path']}"
    report = botocore.validate.ParamValidator().validate(params, operation.input_shape)
    if report.has_errors():
        yield report.generate_report()
    else:
        yield from limits(params, operation.input_shape)


def problems_of_response(operation, response):
    parser = botocore.parsers.create_parser(operation.service_model.resolved_protocol)
    headers = {"x-amzn-errortype": response["errorType"]} if "errorType" in response else {}
    http = {"status_code": response["status"], "headers": headers, "body": response["body"].encode()}
    parsed = parser.parse(http, operation.output_shape)
    metadata = parsed.pop("ResponseMetadata", {})
    if response["status"] >= 300:
        error = parsed.pop("Error", {})
        known = {shape.metadata.get("error", {}).get("code", shape.name) for shape in operation.error_shapes}
        if error.get("Code") not in known | COMMON_ERRORS:
            yield f"the error {error.get('Code')} is not one of {', '.join(sorted(known))}"
        if not error.get("Message"):
            yield "the error has no message"
        return
    if metadata.get("HTTPStatusCode") != response["status"]:
        yield "the answer can't be parsed"
    if operation.service_model.resolved_protocol in ("json", "rest-json"):
        parsed = json.loads(response["body"])
    elif not parsed:
        yield "the answer is empty"
    yield from limits(parsed, operation.output_shape)


def main():
    exchanges = json.load(sys.stdin)
    findings, missing = [], {}
    for exchange in exchanges:
        operation, params = operation_of(exchange["request"])
        name = f"{operation.service_model.service_name}:{operation.name}"
        problems = [
            *(f"request: {problem}" for problem in problems_of_request(operation, exchange["request"], params)),
            *(f"response: {problem}" for problem in problems_of_response(operation, exchange["response"])),
        ]
        findings.append({"operation": name, "problems": problems})
        missing.setdefault(name, set(sendable(operation.input_shape, "")))
        missing[name] -= set(sent(params, operation.input_shape, ""))
    json.dump({"exchanges": findings, "neverSent": {name: sorted(paths) for name, paths in missing.items()}}, sys.stdout)


main()
