# A Glue connection that Terraform manages, tested by the custom resource before anything uses it.
#
#   terraform init
#   terraform apply -var bucket=BUCKET -var jdbc_url=jdbc:postgresql://db.example.com:5432/orders -var job_role_arn=ARN
#
# Not run by this project's tests: they check that the stacks' templates and parameters are right, without Terraform.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "bucket" {
  type        = string
  description = "The S3 bucket from which CloudFormation reads the provider's template"
}

variable "template" {
  type        = string
  default     = "../../dist/glue-connection-test-provider.template.json"
  description = "The provider's template"
}

variable "jdbc_url" {
  type        = string
  description = "Address of the database"
}

variable "secret_name" {
  type        = string
  default     = "orders/database"
  description = "The secret that holds its user name and password"
}

variable "secret_version" {
  type        = string
  default     = "1"
  description = "Raise it with the password, so that the connection is tested again"
}

variable "job_role_arn" {
  type        = string
  description = "The role that the job runs with"
}

data "aws_s3_bucket" "templates" {
  bucket = var.bucket
}

# The template is larger than the 51,200 bytes that template_body takes. Its hash is part of the key: CloudFormation
# compares the address only.
resource "aws_s3_object" "provider" {
  bucket = data.aws_s3_bucket.templates.id
  key    = "glue-connection-test-provider-${filemd5(var.template)}.json"
  source = var.template
}

# Once for an account and Region.
resource "aws_cloudformation_stack" "provider" {
  name         = "glue-connection-test"
  template_url = "https://${data.aws_s3_bucket.templates.bucket_regional_domain_name}/${aws_s3_object.provider.key}"
  capabilities = ["CAPABILITY_IAM"]

  parameters = {
    ConnectionNamePattern = "orders"
    SecretNamePattern     = "orders/*"
  }
}

resource "aws_glue_connection" "orders" {
  name            = "orders"
  connection_type = "JDBC"

  connection_properties = {
    JDBC_CONNECTION_URL = var.jdbc_url
    SECRET_ID           = var.secret_name
  }
}

# The service token comes from the provider's stack, so that Terraform deletes this one first.
resource "aws_cloudformation_stack" "orders_test" {
  name = "orders-test"

  parameters = {
    ServiceToken   = aws_cloudformation_stack.provider.outputs["ServiceToken"]
    ConnectionName = aws_glue_connection.orders.name
    JdbcUrl        = var.jdbc_url
    SecretVersion  = var.secret_version
  }

  template_body = <<-YAML
    AWSTemplateFormatVersion: '2010-09-09'
    Description: Tests the connection orders
    Parameters:
      ServiceToken:
        Type: String
      ConnectionName:
        Type: String
      JdbcUrl:
        Type: String
      SecretVersion:
        Type: String
    Resources:
      Test:
        Type: Custom::GlueConnectionTest
        Properties:
          ServiceToken: !Ref ServiceToken
          ServiceTimeout: 1260
          ConnectionName: !Ref ConnectionName
          # Whatever changes in here makes the test run again.
          Triggers:
            JdbcUrl: !Ref JdbcUrl
            SecretVersion: !Ref SecretVersion
    Outputs:
      ConnectionName:
        Value: !GetAtt Test.ConnectionName
  YAML
}

resource "aws_glue_job" "nightly" {
  name         = "nightly"
  role_arn     = var.job_role_arn
  glue_version = "5.0"

  # Through the test, so that the job waits for it.
  connections = [aws_cloudformation_stack.orders_test.outputs["ConnectionName"]]

  command {
    script_location = "s3://example-bucket/nightly.py"
  }
}
