/** What Lambda tells a function of one run, of those members that the handler takes. */
exports.contextOf = (id, remainingMs) => {
  const deadline = Date.now() + remainingMs;
  return {
    awsRequestId: id,
    functionName: 'handler',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
    logGroupName: 'the-log-group',
    logStreamName: 'the-log-stream',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
};
