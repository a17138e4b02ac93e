import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkglueconnectiontest.ConnectionInput;
import io.github.cdkglueconnectiontest.ConnectionNameOptions;
import io.github.cdkglueconnectiontest.ConnectionTarget;
import io.github.cdkglueconnectiontest.ConnectionTest;
import io.github.cdkglueconnectiontest.ConnectionTests;
import io.github.cdkglueconnectiontest.ApplyToOptions;
import io.github.cdkglueconnectiontest.OnFailure;
import io.github.cdkglueconnectiontest.SecretReference;
import io.github.cdkglueconnectiontest.SecretReferenceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.glue.CfnJob;
import software.amazon.awscdk.services.glue.CfnWorkflow;
import software.amazon.awscdk.services.glue.Connection;
import software.amazon.awscdk.services.glue.ConnectionType;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

class OrdersTest {
  private static final String TEST_TYPE = "Custom::GlueConnectionTest";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static App createOrdersApp(Path outdir) {
    App app = new App(AppProps.builder().outdir(outdir.toString()).analyticsReporting(false).build());
    Stack stack = new Stack(app, "OrdersQuickStart");

    Connection orders =
        Connection.Builder.create(stack, "Orders")
            .type(ConnectionType.JDBC)
            .properties(Map.of("JDBC_CONNECTION_URL", "jdbc:postgresql://db.example.com:5432/orders"))
            .secret(Secret.fromSecretNameV2(stack, "Credentials", "orders/database"))
            .build();
    CfnJob.Builder.create(stack, "OrdersJob")
        .role("GlueJobs")
        .command(
            CfnJob.JobCommandProperty.builder()
                .name("glueetl")
                .scriptLocation("s3://example-bucket/orders.py")
                .build())
        .connections(
            CfnJob.ConnectionsListProperty.builder().connections(List.of(orders.getConnectionName())).build())
        .build();
    CfnWorkflow nightlyReport = new CfnWorkflow(stack, "NightlyReport");

    ConnectionTest test =
        ConnectionTest.Builder.create(stack, "OrdersTest").target(ConnectionTarget.fromConnection(orders)).build();
    test.gateDependents();
    test.executeBefore(nightlyReport);
    return app;
  }

  @Test
  void theAppHasTheTemplateOfTheSameAppInTypeScript(@TempDir Path outdir) throws IOException {
    createOrdersApp(outdir).synth();

    assertEquals(
        JSON.readTree(Path.of(System.getenv("EXPECTED_TEMPLATE")).toFile()),
        JSON.readTree(outdir.resolve("OrdersQuickStart.template.json").toFile()));
  }

  @Test
  void durationsEnumsAndMapsReachTheTemplate() throws IOException {
    Stack stack = new Stack(new App(), "Orders");
    ISecret secret = Secret.fromSecretNameV2(stack, "Secret", "orders/database");
    SecretReference password =
        SecretReference.fromSecretsManager(secret, SecretReferenceOptions.builder().jsonField("password").build());
    ConnectionTarget target =
        ConnectionTarget.fromInput(
            ConnectionInput.builder()
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(
                    Map.of("JDBC_CONNECTION_URL", "jdbc:postgresql://db/orders", "USERNAME", "orders"))
                .secretConnectionProperties(Map.of("PASSWORD", password))
                .build());
    ConnectionTest.Builder.create(stack, "Test")
        .target(target)
        .timeout(Duration.minutes(2))
        .onFailure(OnFailure.REPORT)
        .triggers(Map.of("release", "7"))
        .build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        TEST_TYPE,
        Map.of("TimeoutSeconds", 120, "OnFailure", "REPORT", "Triggers", Map.of("release", "7")));
    String text = JSON.writeValueAsString(template.findResources(TEST_TYPE));
    assertTrue(text.contains("\"JsonKey\":\"password\""), text);
  }

  @Test
  void eachConnectionOfAnAppGetsATestButThoseThatAreExcluded() {
    Stack stack = new Stack(new App(), "Orders");
    for (String name : List.of("orders", "legacy-orders")) {
      Connection.Builder.create(stack, name)
          .connectionName(name)
          .type(ConnectionType.JDBC)
          .properties(Map.of("JDBC_CONNECTION_URL", "jdbc:postgresql://db/orders"))
          .build();
    }
    ConnectionTests.applyTo(stack, ApplyToOptions.builder().excludeNames(List.of("legacy-*")).build());

    Template.fromStack(stack).resourceCountIs(TEST_TYPE, 1);
  }

  @Test
  void whatIsOutOfItsRangeIsAnErrorThatSaysSo() {
    Stack stack = new Stack(new App(), "Orders");
    ConnectionTarget target =
        ConnectionTarget.fromName("orders", ConnectionNameOptions.builder().inVpc(false).build());
    ConnectionTest.Builder builder = ConnectionTest.Builder.create(stack, "Test").target(target).maxAttempts(11);

    RuntimeException error = assertThrows(RuntimeException.class, builder::build);
    assertTrue(
        error.getMessage().contains("'maxAttempts' must be a whole number from 1 to 10, got: 11"), error.getMessage());
  }
}
