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

/** What the handler threw: as text, and as Lambda passes it on to its caller. */
exports.thrown = (error) => ({
  error: String(error),
  ...(error instanceof Error ? { thrown: { name: error.name, message: error.message, stack: error.stack } } : {}),
});
