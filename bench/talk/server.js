// A QR code service as people write it in Node.js, as in the talk: one thread, npm's qrcode, 300 pixels.
const { createServer } = require('http')
const { toBuffer } = require('qrcode')

createServer(async (request, response) => {
  const data = new URL(request.url, 'http://localhost').searchParams.get('data')
  if (!data) {
    response.writeHead(400).end()
    return
  }
  const picture = await toBuffer(data, { type: 'png', width: 300 })
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': picture.length }).end(picture)
}).listen(process.env.PORT, '127.0.0.1')
