enter("Waiting", function() { openMessage("Waiting..."); });
