enter("Connecting", function() {
  openMessage("Connecting...");
  es.connect();
});
