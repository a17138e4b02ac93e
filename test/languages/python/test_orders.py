import json
import os
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path

import pytest
from aws_cdk import App, Duration, Stack, aws_glue as glue, aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Template
from cdk_glue_connection_test import (
    ConnectionTarget,
    ConnectionTest,
    ConnectionTestProvider,
    ConnectionTests,
    OnFailure,
    SecretReference,
)


@pytest.fixture
def stack():
    return Stack(App(), "Orders")


def test_the_readmes_app_has_the_template_of_the_same_app_in_typescript(tmp_path):
    subprocess.run([sys.executable, os.environ["APP"]], env={**os.environ, "CDK_OUTDIR": str(tmp_path)}, check=True)

    template = json.loads((tmp_path / "OrdersQuickStart.template.json").read_text())
    assert template == json.loads(Path(os.environ["EXPECTED_TEMPLATE"]).read_text())


def test_its_metadata_leads_to_pages_that_a_browser_opens():
    package = metadata("cdk-glue-connection-test")

    links = [package["Home-page"], *(link.split(", ")[1] for link in package.get_all("Project-URL"))]
    assert [link for link in links if not link.startswith("https://")] == []


def test_durations_enums_and_maps_reach_the_template(stack):
    test = ConnectionTest(
        stack,
        "Test",
        target=ConnectionTarget.from_name("orders", in_vpc=False),
        timeout=Duration.minutes(2),
        on_failure=OnFailure.REPORT,
        triggers={"release": "7"},
        provider=ConnectionTestProvider.get_or_create(stack, memory_size=512),
    )
    stack.export_value(test.outcome, name="Outcome")

    expected = {"TimeoutSeconds": 120, "OnFailure": "REPORT", "Triggers": {"release": "7"}}
    template = Template.from_stack(stack)
    template.has_resource_properties("Custom::GlueConnectionTest", expected)
    template.has_resource_properties("AWS::Lambda::Function", {"MemorySize": 512})


def test_a_map_of_texts_and_references_reaches_the_template(stack):
    secret = secretsmanager.Secret.from_secret_name_v2(stack, "Secret", "orders/database")
    password = SecretReference.from_secrets_manager(secret, json_field="password")
    target = ConnectionTarget.from_input(
        connection_type=glue.ConnectionType.JDBC,
        connection_properties={
            "JDBC_CONNECTION_URL": "jdbc:postgresql://db/orders",
            "USERNAME": "orders",
        },
        secret_connection_properties={"PASSWORD": password},
    )
    ConnectionTest(stack, "Test", target=target)

    [test] = Template.from_stack(stack).find_resources("Custom::GlueConnectionTest").values()
    properties = json.dumps(test["Properties"])
    assert "jdbc:postgresql://db/orders" in properties
    assert '"JsonKey": "password"' in properties


def test_a_reference_in_the_middle_of_a_text_is_an_error(stack):
    secret = secretsmanager.Secret.from_secret_name_v2(stack, "Secret", "orders/database")
    password = SecretReference.from_secrets_manager(secret, json_field="password")
    url = f"jdbc:postgresql://db/orders?options={password}"

    with pytest.raises(RuntimeError, match="a SecretReference can not be a part of a string"):
        ConnectionTarget.from_input(
            connection_type=glue.ConnectionType.JDBC,
            connection_properties={"JDBC_CONNECTION_URL": url, "SECRET_ID": "orders"},
        )


def test_an_l1_connection_is_told_where_it_belongs(stack):
    connection = glue.CfnConnection(
        stack, "Orders", catalog_id="111122223333", connection_input={"connectionType": "JDBC"}
    )

    with pytest.raises(Exception, match="fromCfnConnection|IConnection"):
        ConnectionTarget.from_connection(connection)
    ConnectionTarget.from_cfn_connection(connection)


def test_each_connection_of_an_app_gets_a_test_but_those_that_are_excluded(stack):
    for name in ["orders", "legacy-orders"]:
        connection_properties = {"JDBC_CONNECTION_URL": "jdbc:postgresql://db/orders"}
        glue.Connection(
            stack,
            name,
            connection_name=name,
            type=glue.ConnectionType.JDBC,
            properties=connection_properties,
        )
    ConnectionTests.apply_to(stack, exclude_names=["legacy-*"])

    Template.from_stack(stack).resource_count_is("Custom::GlueConnectionTest", 1)


def test_what_is_out_of_its_range_is_an_error_that_says_so(stack):
    target = ConnectionTarget.from_name("orders", in_vpc=False)

    with pytest.raises(RuntimeError, match="'maxAttempts' must be a whole number from 1 to 10, got: 11"):
        ConnectionTest(stack, "Test", target=target, max_attempts=11)
