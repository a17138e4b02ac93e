module languages

go 1.25.0

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.270.0
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-glue-connection-test/cdk-glue-connection-test-go/cdkglueconnectiontest v0.0.0
)

replace github.com/cdk-glue-connection-test/cdk-glue-connection-test-go/cdkglueconnectiontest => ./dist/go/cdkglueconnectiontest
