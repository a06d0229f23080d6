// Faces in place of signs. A sign counts when it stands alone between spaces.

var emoticons:Object = {};
function nameFace(face:String, signs:Array) { for (var i:Number = 0; i < signs.length; i++) { emoticons[signs[i]] = face; } }
nameFace("smile", [":)", ":-)", "=)"]);
nameFace("grin", [":D", ":-D", "=D"]);
nameFace("wink", [";)", ";-)"]);
nameFace("sad", [":(", ":-(", "=("]);
nameFace("surprised", [":o", ":O", ":-o", ":-O"]);
nameFace("tongue", [":p", ":P", ":-p", ":-P"]);

// Draws a face into a clip, 16 pixels wide and high.
function drawFace(clip:MovieClip, face:String) {
  clip.lineStyle(1, 0xB98A1D, 100);
  clip.beginGradientFill("radial", [0xFFF6BF, 0xFFD545, 0xF3B21C], [100, 100, 100], [0, 160, 255],
    {matrixType: "box", x: -2, y: -3, w: 18, h: 18, r: 0});
  drawCircle(clip, 8, 8, 7.5);
  clip.endFill();
  drawEye(clip, 5.5);
  if (face == "wink") {
    clip.lineStyle(1, 0x4A3405, 100);
    clip.moveTo(9.3, 6.2);
    clip.lineTo(11.9, 6.2);
  } else { drawEye(clip, 10.5); }
  clip.lineStyle(1, 0x4A3405, 100);
  drawMouth(clip, face);
}

function drawEye(clip:MovieClip, x:Number) {
  clip.lineStyle();
  clip.beginFill(0x4A3405, 100);
  drawCircle(clip, x, 6, 1.2);
  clip.endFill();
}

function drawMouth(clip:MovieClip, face:String) {
  switch (face) {
    case "sad":
      clip.moveTo(4.5, 12);
      clip.curveTo(8, 8, 11.5, 12);
      break;
    case "surprised":
      clip.beginFill(0x4A3405, 100);
      drawCircle(clip, 8, 11, 1.8);
      clip.endFill();
      break;
    case "grin":
      clip.beginFill(0xFFFFFF, 100);
      clip.moveTo(4, 9);
      clip.curveTo(8, 16, 12, 9);
      clip.lineTo(4, 9);
      clip.endFill();
      break;
    case "tongue":
      clip.moveTo(4, 9.5);
      clip.lineTo(12, 9.5);
      clip.beginFill(0xE0565B, 100);
      clip.moveTo(8, 9.5);
      clip.curveTo(8.5, 15, 10, 13.5);
      clip.curveTo(11.5, 12.5, 11, 9.5);
      clip.endFill();
      break;
    default:
      clip.moveTo(4, 9.5);
      clip.curveTo(8, 14.5, 12, 9.5);
  }
}
