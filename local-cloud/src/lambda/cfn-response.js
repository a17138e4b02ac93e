/**
 * What AWS puts beside inline code, with the same interface.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-lambda-function-code-cfnresponsemodule.html
 */
const https = require('node:https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, Status, Data, physicalResourceId, NoEcho = false) => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({
    ...{ Status, Reason: `See the details in CloudWatch Log Stream: ${context.logStreamName}` },
    ...{ PhysicalResourceId: physicalResourceId || context.logStreamName, StackId, RequestId, LogicalResourceId },
    ...{ NoEcho, Data },
  });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    https
      .request(event.ResponseURL, { method: 'PUT', headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(body);
  });
};
