package languages

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsglue"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	glueconnectiontest "github.com/cdk-glue-connection-test/cdk-glue-connection-test-go/cdkglueconnectiontest"
)

const testType = "Custom::GlueConnectionTest"

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

func createOrdersApp(outdir string) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: &outdir, AnalyticsReporting: jsii.Bool(false)})
	stack := awscdk.NewStack(app, jsii.String("OrdersQuickStart"), nil)

	orders := awsglue.NewConnection(stack, jsii.String("Orders"), &awsglue.ConnectionProps{
		Type:       awsglue.ConnectionType_JDBC(),
		Properties: &map[string]*string{"JDBC_CONNECTION_URL": jsii.String("jdbc:postgresql://db.example.com:5432/orders")},
		Secret:     awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("Credentials"), jsii.String("orders/database")),
	})
	awsglue.NewCfnJob(stack, jsii.String("OrdersJob"), &awsglue.CfnJobProps{
		Role: jsii.String("GlueJobs"),
		Command: &awsglue.CfnJob_JobCommandProperty{
			Name:           jsii.String("glueetl"),
			ScriptLocation: jsii.String("s3://example-bucket/orders.py"),
		},
		Connections: &awsglue.CfnJob_ConnectionsListProperty{Connections: &[]*string{orders.ConnectionName()}},
	})
	nightlyReport := awsglue.NewCfnWorkflow(stack, jsii.String("NightlyReport"), nil)

	test := glueconnectiontest.NewConnectionTest(stack, jsii.String("OrdersTest"), &glueconnectiontest.ConnectionTestProps{
		Target: glueconnectiontest.ConnectionTarget_FromConnection(orders, nil),
	})
	test.GateDependents()
	test.ExecuteBefore(nightlyReport)
	return app
}

func TestTheAppHasTheTemplateOfTheSameAppInTypeScript(t *testing.T) {
	outdir := t.TempDir()
	createOrdersApp(outdir).Synth(nil)

	got := read(t, filepath.Join(outdir, "OrdersQuickStart.template.json"))
	if want := read(t, os.Getenv("EXPECTED_TEMPLATE")); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDurationsEnumsAndMapsReachTheTemplate(t *testing.T) {
	stack := awscdk.NewStack(nil, jsii.String("Orders"), nil)
	secret := awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("Secret"), jsii.String("orders/database"))
	glueconnectiontest.NewConnectionTest(stack, jsii.String("Test"), &glueconnectiontest.ConnectionTestProps{
		Target: glueconnectiontest.ConnectionTarget_FromInput(&glueconnectiontest.ConnectionInput{
			ConnectionType: awsglue.ConnectionType_JDBC(),
			ConnectionProperties: &map[string]*string{
				"JDBC_CONNECTION_URL": jsii.String("jdbc:postgresql://db/orders"),
				"USERNAME":            jsii.String("orders"),
			},
			SecretConnectionProperties: &map[string]glueconnectiontest.SecretReference{
				"PASSWORD": glueconnectiontest.SecretReference_FromSecretsManager(
					secret, &glueconnectiontest.SecretReferenceOptions{JsonField: jsii.String("password")}),
			},
		}),
		Timeout:   awscdk.Duration_Minutes(jsii.Number(2)),
		OnFailure: glueconnectiontest.OnFailure_REPORT,
		Triggers:  &map[string]*string{"release": jsii.String("7")},
	})

	template := assertions.Template_FromStack(stack, nil)
	template.HasResourceProperties(jsii.String(testType), map[string]interface{}{
		"TimeoutSeconds": 120,
		"OnFailure":      "REPORT",
		"Triggers":       map[string]string{"release": "7"},
	})
	if text, _ := json.Marshal(template.FindResources(jsii.String(testType), nil)); !strings.Contains(string(text), `"JsonKey":"password"`) {
		t.Errorf("no reference to the password in %s", text)
	}
}

func TestEachConnectionOfAnAppGetsATestButThoseThatAreExcluded(t *testing.T) {
	stack := awscdk.NewStack(nil, jsii.String("Orders"), nil)
	for _, name := range []string{"orders", "legacy-orders"} {
		awsglue.NewConnection(stack, jsii.String(name), &awsglue.ConnectionProps{
			ConnectionName: jsii.String(name),
			Type:           awsglue.ConnectionType_JDBC(),
			Properties:     &map[string]*string{"JDBC_CONNECTION_URL": jsii.String("jdbc:postgresql://db/orders")},
		})
	}
	glueconnectiontest.ConnectionTests_ApplyTo(stack, &glueconnectiontest.ApplyToOptions{
		ExcludeNames: jsii.Strings("legacy-*"),
	})

	assertions.Template_FromStack(stack, nil).ResourceCountIs(jsii.String(testType), jsii.Number(1))
}

func TestWhatIsOutOfItsRangeIsAnErrorThatSaysSo(t *testing.T) {
	defer func() {
		want := "'maxAttempts' must be a whole number from 1 to 10, got: 11"
		if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}()
	stack := awscdk.NewStack(nil, jsii.String("Orders"), nil)
	glueconnectiontest.NewConnectionTest(stack, jsii.String("Test"), &glueconnectiontest.ConnectionTestProps{
		Target:      glueconnectiontest.ConnectionTarget_FromName(jsii.String("orders"), &glueconnectiontest.ConnectionNameOptions{InVpc: jsii.Bool(false)}),
		MaxAttempts: jsii.Number(11),
	})
}

func read(t *testing.T, file string) (template map[string]interface{}) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &template); err != nil {
		t.Fatal(err)
	}
	return template
}
